/** A sheet as comma-separated UTF-8 text; its line n is the sheet's row n. */
export type SheetText = { name: string; hidden: boolean; csv: Uint8Array };

/**
 * Reads xlsx, xlsb, xls and ods apart from the main thread, with limits: values as saved, ISO dates, a decimal point.
 * Errors: file.unreadable, file.too-large; file.unreadable for a formula that was saved without its result.
 */
export type WorkbookReader = {
  sheets(file: { name: string; bytes: Uint8Array }): Promise<{ sheets: SheetText[]; warnings: string[] }>;
};
