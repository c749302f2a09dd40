import { normalizeHeader } from './normalize-header.ts';

/** What values a column of this meaning has. */
export type ConceptType = 'date' | 'month' | 'amount' | 'quantity' | 'code' | 'text';

type Declared = { type: ConceptType; names: string };

/**
 * What the columns of accountants' files mean, and what they are called in English, German, French, Spanish, Dutch,
 * Portuguese and Italian; names are separated by '|'.
 */
const CONCEPTS = {
  date: {
    type: 'date',
    names:
      'date|transaction date|posting date|post date|posted|posted on|entry date|booking date|effective date|journal date|gl date|trans date|trx date|doc date|document date|day|when|dated|date of transaction|accounting date|' +
      'datum|buchungsdatum|buchungstag|belegdatum|buchungsdat|tag|date comptable|date operation|date d operation|date ecriture|date de l operation|date d ecriture|ecrituredate|jour|' +
      'fecha|fecha contable|fecha de operacion|fecha operacion|fecha asiento|boekdatum|boekingsdatum|transactiedatum|data|data lancamento|data de lancamento|data movimento|data do movimento|data registrazione|data operazione|data contabile|data documento',
  },
  value_date: {
    type: 'date',
    names:
      'value date|value|valuta|valutadatum|wertstellung|wertstellungstag|date valeur|date de valeur|fecha valor|f valor|rentedatum|data valuta|data valor|valuedate|interest date',
  },
  due_date: {
    type: 'date',
    names:
      'due date|due|payment due|falligkeit|falligkeitsdatum|faellig am|date echeance|echeance|vencimiento|fecha vencimiento|vervaldatum|vencimento|data scadenza|scadenza',
  },
  payment_date: {
    type: 'date',
    names:
      'payment date|paid date|date paid|paid on|pay date|zahlungsdatum|zahldatum|bezahlt am|date paiement|date de paiement|fecha de pago|fecha pago|betaaldatum|data pagamento|data de pagamento',
  },
  invoice_date: {
    type: 'date',
    names:
      'invoice date|bill date|piecedate|date piece|rechnungsdatum|date facture|date de facture|fecha factura|fecha de factura|factuurdatum|data fattura|data da fatura|data fatura',
  },
  month: {
    type: 'month',
    names:
      'month|period|fiscal period|accounting period|posting period|monat|periode|buchungsperiode|mois|exercice mois|mes|periodo|maand|mese|month year|month start',
  },
  account_code: {
    type: 'code',
    names:
      'account code|numero|number|nummer|no|nr|num|account number|account no|account num|account id|acct|acct no|acct code|acct num|acct number|account|gl account|gl code|gl account code|gl account no|ledger account|ledger code|nominal|nominal code|nominal account|nominal ac|chart of accounts|coa code|accnt|code|a c|ac no|' +
      'konto|kontonummer|konto nr|kontonr|kto|kto nr|sachkonto|sachkonto nr|compte|compte num|numero de compte|numero compte|no compte|n compte|comptenum|compte general|cuenta|codigo cuenta|cuenta contable|numero de cuenta|codigo de cuenta|no cuenta|' +
      'rekening|grootboekrekening|grootboek|grootboeknummer|rekeningnummer|conta|codigo da conta|conta contabil|conto|codice conto|numero conto|sottoconto',
  },
  account_name: {
    type: 'text',
    names:
      'account name|account|konto|compte|cuenta|conta|conto|rekening|sachkonto|nominal|gl account|ledger account|account title|account description|account titles|gl account name|nominal name|ledger name|name of account|acct name|account desc|acct description|particulars of account|accounts|account titles and explanation|ledger|head of account|account head|line item|budget line|' +
      'kontobezeichnung|kontoname|bezeichnung konto|kontenbezeichnung|libelle compte|libelle du compte|comptelib|intitule|intitule du compte|nom du compte|nombre de cuenta|nombre cuenta|descripcion cuenta|denominacion|rekeningnaam|grootboekomschrijving|omschrijving rekening|nome da conta|descricao da conta|nome conto|descrizione conto',
  },
  account_kind: {
    type: 'text',
    names:
      'account type|type of account|account class|account kind|account category|account group|kontoart|kontoklasse|type de compte|tipo de cuenta|rekeningtype|tipo de conta|tipo conto',
  },
  contra_account: {
    type: 'code',
    names:
      'contra account|counter account|offset account|contra|balancing account|gegenkonto|gegenkonto ohne bu schlussel|gkto|contrepartie|compte contrepartie|contrapartida|tegenrekening grootboek|contropartita',
  },
  debit: {
    type: 'amount',
    names:
      'debit|debits|dr|debit amount|amount debit|debit balance|debit dr|dr amount|withdrawal|withdrawals|paid out|money out|payments out|out|outgoing|outflow|withdrawal amt|withdrawal amount|debit usd|debit gbp|debit eur|' +
      'soll|sollbetrag|betrag soll|umsatz soll|belastung|lastschrift|ausgang|ausgaben|debet|montant debit|debito|debe|cargo|cargos|importe debe|af|bedrag af|uscite|addebiti|dare|importo dare|saidas|saida',
  },
  credit: {
    type: 'amount',
    names:
      'credit|credits|cr|credit amount|amount credit|credit balance|credit cr|cr amount|deposit|deposits|paid in|money in|payments in|in|incoming|inflow|deposit amt|deposit amount|' +
      'haben|habenbetrag|betrag haben|umsatz haben|gutschrift|eingang|einnahmen|montant credit|credito|haber|abono|abonos|importe haber|bij|bedrag bij|entrate|accrediti|avere|importo avere|entradas|entrada',
  },
  amount: {
    type: 'amount',
    names:
      'amount|amt|value amount|net amount|total amount|amount gbp|amount eur|amount usd|amount in local currency|local amount|transaction amount|sum|sum total|total|how much|paid|payment amount|payment|amount paid|cost|price paid|spend|spent|transaction value|base amount|functional amount|' +
      'betrag|umsatz|buchungsbetrag|betrag eur|betrag in eur|umsatz ohne soll haben kz|summe|wert|kosten|montant|montant ttc|montant eur|somme|valeur|importe|monto|cantidad importe|valor|bedrag|transactiebedrag|bedrag eur|importo|quantia|montante|valor total',
  },
  direction: {
    type: 'text',
    names:
      'd c|dr cr|debit credit|c d|cr dr|direction|sign|dc|debit credit indicator|dc indicator|soll haben kennzeichen|soll haben|s h|sh|soll haben kz|sens|debe haber|d h|af bij|debet credit|dare avere|d a|segno|credit or debit',
  },
  balance: {
    type: 'amount',
    names:
      'balance|running balance|closing balance|balance after|account balance|new balance|saldo|kontostand|saldo nach buchung|solde|nouveau solde|saldo na|saldo na mutatie|saldo contabile|saldo final|ending balance|net balance',
  },
  currency: {
    type: 'code',
    names:
      'currency|ccy|curr|currency code|cur|wahrung|waehrung|wkz|wkz umsatz|devise|monnaie|moneda|divisa|valuta code|munt|muntsoort|moeda|divisa conto',
  },
  exchange_rate: {
    type: 'amount',
    names:
      'exchange rate|fx rate|rate of exchange|kurs|wechselkurs|taux de change|tipo de cambio|wisselkoers|cambio|tasso di cambio|taxa de cambio',
  },
  text: {
    type: 'text',
    names:
      'description|text|memo|narrative|narration|details|detail|comment|comments|note|notes|particulars|label|transaction|transaction description|transaction details|line description|remarks|purpose|explanation|item|item description|what was bought|what|reason|expense description|' +
      'buchungstext|verwendungszweck|beschreibung|bezeichnung|vorgang|bemerkung|libelle|libelle ecriture|ecriturelib|description operation|motif|objet|intitule operation|descripcion|concepto|detalle|glosa|observaciones|omschrijving|mededelingen|toelichting|descricao|historico|descrizione|causale|descrizione operazione|motivo',
  },
  counterparty: {
    type: 'text',
    names:
      'counterparty|partner|partner name|name|customer|customer name|client|client name|payee|payer|payee name|merchant|merchant name|from where|where|shop|store name|paid to|paid from|from|received from|bezahlt an|paye a|pagado a|betaald aan|pagato a|beneficiary or payer|name beschreibung|party|party name|contact|contact name|' +
      'auftraggeber|empfanger|zahlungsempfanger|beguenstigter|beguenstigter zahlungspflichtiger|auftraggeber beguenstigter|geschaftspartner|kunde|tiers|contrepartie nom|client nom|cliente|contraparte|naam tegenpartij|tegenpartij|naam|nome|controparte|intestatario|kunde name',
  },
  supplier: {
    type: 'text',
    names:
      'supplier|supplier name|vendor|vendor name|beneficiary|beneficiary name|creditor|creditor name|company|company name|body paid|merchant supplier|payee supplier|contractor|redacted supplier name|supplier name redacted|' +
      'lieferant|lieferantenname|kreditor|kreditorname|fournisseur|nom du fournisseur|nom fournisseur|beneficiaire|proveedor|nombre proveedor|leverancier|crediteur|naam leverancier|fornecedor|fornitore|ragione sociale',
  },
  supplier_id: {
    type: 'code',
    names:
      'supplier no|supplier id|supplier number|supplier code|vendor id|vendor no|vendor number|vendor code|creditor no|kreditorennummer|lieferantennummer|code fournisseur|codigo proveedor|leveranciersnummer|codice fornitore',
  },
  document_no: {
    type: 'code',
    names:
      'document no|numero|number|nummer|no|nr|num|document number|document|doc no|doc number|doc|reference|ref|ref no|reference no|reference number|source no|source|source document|voucher|voucher no|voucher number|check no|check number|cheque no|cheque number|chq no|operation number|transaction id|transaction no|transaction number|trans no|trans id|transaction ref|transaction reference|bank reference|receipt no|receipt|payment reference|payment ref|' +
      'belegnummer|beleg nr|belegnr|beleg|belegfeld 1|referenz|buchungsnummer|piece|no piece|numero de piece|n piece|pieceref|numero piece|documento|n documento|no documento|numero de documento|referencia|boekstuk|boekstuknummer|stuknummer|kenmerk|numero documento|riferimento|protocollo|n doc',
  },
  invoice_no: {
    type: 'code',
    names:
      'invoice no|invoice number|invoice|invoice id|bill no|bill number|supplier invoice no|invoice ref|rechnungsnummer|rechnungsnr|rechnung nr|re nr|numero facture|no facture|facture|n facture|numero de factura|no factura|factura|factuurnummer|factuur|numero fattura|n fattura|fattura|numero da fatura|fatura|nota fiscal',
  },
  journal_id: {
    type: 'code',
    names:
      'journal|journal no|journal id|journal number|journal entry|je|je no|je id|jnl|batch|batch no|batch id|entry|entry no|entry number|entry id|voucher group|journalnummer|buchungskreis nr|journal code|journalcode|ecriturenum|ecriturenumber|no ecriture|n ecriture|asiento|no asiento|numero asiento|num asiento|dagboek|boeking|lancamento|numero lancamento|registrazione|numero registrazione|line no|entry line',
  },
  branch_id: {
    type: 'text',
    names:
      'branch|branch id|branch code|branch no|store|store id|store no|store number|shop id|location|outlet|site|cost centre|cost center|cost centre code|cost centre name|department|dept|department name|dept name|division|business unit|organisational unit|organizational unit|org unit|service area|directorate|service|entity|region|cost code|profit center|profit centre|team|' +
      'filiale|filial|standort|kostenstelle|kost1|kost1 kostenstelle|abteilung|bereich|betrieb|succursale|magasin|agence|centre de cout|service departement|departement|section analytique|sucursal|tienda|centro de coste|centro de costo|departamento|vestiging|filiaal|winkel|kostenplaats|afdeling|loja|centro de custo|negozio|punto vendita|centro di costo|reparto|sede',
  },
  category: {
    type: 'text',
    names:
      'category|expense type|expense category|type|expenses area|expense area|spend category|procurement category|budget category|class|group|cost type|kind|summary of purpose|merchant category|cost element|subjective|budget head|' +
      'kategorie|art|kostenart|warengruppe|ausgabenart|categorie|nature|type de depense|categoria|tipo|tipo de gasto|rubro|partida|categoria di spesa|soort|kostensoort|rubrica|natureza',
  },
  tax_code: {
    type: 'code',
    names:
      'tax code|vat code|gst code|tax type|vat type|bu schlussel|steuerschlussel|steuercode|code tva|codigo iva|btw code|codice iva|codigo imposto|irrecoverable vat code',
  },
  tax_amount: {
    type: 'amount',
    names:
      'tax|tax amount|vat|vat amount|gst|gst amount|sales tax|hst|pst|irrecoverable vat|steuer|steuerbetrag|mwst|ust|mehrwertsteuer|umsatzsteuer|vorsteuer|tva|montant tva|iva|importe iva|cuota iva|btw|btw bedrag|imposto|valor iva|imposta|importo iva',
  },
  tax_rate: {
    type: 'amount',
    names:
      'tax rate|vat rate|vat %|tax %|gst rate|steuersatz|mwst satz|ust satz|mwst %|ust %|mwst in %|ust in %|taux tva|taux de tva|tipo iva|% iva|btw percentage|btw %|taxa iva|aliquota|aliquota iva',
  },
  net_amount: {
    type: 'amount',
    names:
      'net|net amount|amount net|net value|net total|subtotal|amount excl vat|amount ex vat|excl vat|amount excluding vat|amount exc vat|netto|nettobetrag|montant ht|ht|total ht|base imponible|base|importe neto|neto|bedrag excl btw|netto bedrag|valor liquido|imponibile|importo netto',
  },
  gross_amount: {
    type: 'amount',
    names:
      'gross|gross amount|amount gross|gross value|gross total|amount incl vat|incl vat|amount inc vat|total incl vat|total inc vat|brutto|bruttobetrag|ttc|total ttc|importe bruto|total factura|importe total|bedrag incl btw|bruto|valor bruto|importo lordo|lordo|totale fattura',
  },
  paid_by: {
    type: 'text',
    names:
      'paid by|who paid|employee|employee name|staff|staff member|claimant|person|spender|cardholder|card holder|submitted by|mitarbeiter|bezahlt von|paye par|employe|salarie|empleado|pagado por|medewerker|betaald door|funcionario|pago por|dipendente|pagato da',
  },
  payment_method: {
    type: 'text',
    names:
      'payment method|method|payment type|paid with|tender|tender type|card|zahlungsart|zahlungsmittel|mode de paiement|moyen de paiement|forma de pago|metodo de pago|betaalmethode|betaalwijze|forma de pagamento|metodo di pagamento',
  },
  counter_iban: {
    type: 'code',
    names:
      'iban|bank account|account iban|counterparty iban|counterparty account|kontonummer iban|iban empfanger|iban auftraggeber|tegenrekening|tegenrekening iban|compte beneficiaire|iban beneficiario|partner account|partner bank account|bban',
  },
  product_id: {
    type: 'code',
    names:
      'product id|product code|product no|product number|sku|item no|item code|item number|item id|article|article no|article number|stock code|part no|part number|part|ean|barcode|gtin|upc|style|material|material no|product|' +
      'artikel|artikelnummer|artikel nr|artikelnr|art nr|artnr|teilenummer|materialnummer|reference article|code article|ref article|code produit|code barre|articulo|codigo articulo|codigo producto|codigo|artikelcode|artikelnummer|codigo do produto|codice articolo|cod articolo|codice prodotto',
  },
  product_name: {
    type: 'text',
    names:
      'product name|product|item|item name|product description|item description|article name|article description|title|artikelbezeichnung|bezeichnung|artikelname|produktname|produkt|designation|nom du produit|libelle article|produit|nombre producto|descripcion producto|descripcion articulo|producto|productnaam|artikelomschrijving|nome do produto|produto|descrizione articolo|nome prodotto|prodotto',
  },
  quantity: {
    type: 'quantity',
    names:
      'quantity|qty|count|counted|counted qty|counted quantity|stock|stock on hand|on hand|qty on hand|quantity on hand|in stock|units|units counted|pieces|pcs|physical count|stock level|closing stock|inventory|stock count|actual count|' +
      'menge|anzahl|bestand|istbestand|lagerbestand|stuck|stueck|inventurmenge|gezahlte menge|zahlmenge|quantite|qte|stock physique|quantite comptee|cantidad|existencias|unidades|stock fisico|aantal|voorraad|geteld|quantidade|qtd|estoque|quantita|qta|giacenza|esistenza',
  },
  unit_price: {
    type: 'amount',
    names:
      'price|unit price|list price|retail price|selling price|sale price|sales price|rrp|msrp|new price|price eur|price gbp|price usd|price each|wholesale price|trade price|preis|einzelpreis|verkaufspreis|vk|vk preis|listenpreis|vk brutto|vk netto|bruttopreis|nettopreis|brutto vk|netto vk|stuckpreis|prix|prix unitaire|prix de vente|pu|prix unitaire ht|pvp|precio|precio unitario|precio de venta|prijs|verkoopprijs|stukprijs|preco|preco unitario|preco de venda|prezzo|prezzo unitario|prezzo di vendita|listino',
  },
  unit_cost: {
    type: 'amount',
    names:
      'unit cost|cost price|purchase price|buying price|cost each|einkaufspreis|ek|ek preis|ek netto|netto ek|einstandspreis|prix d achat|cout unitaire|precio de coste|precio de compra|costo unitario|inkoopprijs|kostprijs|preco de custo|prezzo di acquisto|costo',
  },
  unit: {
    type: 'text',
    names:
      'unit|uom|unit of measure|einheit|me|mengeneinheit|unite|unidad|unidad de medida|eenheid|unidade|unita|unita di misura|um|pack size|pack',
  },
  valid_from: {
    type: 'date',
    names:
      'valid from|effective from|from date|start date|gultig ab|gueltig ab|valable a partir du|valide du|valido desde|vigente desde|geldig vanaf|valido dal|valido de',
  },
  counted_on: {
    type: 'date',
    names:
      'counted on|counted|count date|date counted|counting date|stocktake date|stock date|inventory date|inventurdatum|zahldatum inventur|stichtag|date inventaire|date d inventaire|fecha inventario|fecha de inventario|fecha recuento|teldatum|inventarisatiedatum|data inventario|data contagem|data do inventario',
  },
  revenue: {
    type: 'amount',
    names:
      'revenue|budget revenue|revenue budget|budgeted revenue|income|sales|sales budget|budget sales|planned revenue|turnover|actual revenue|revenues|umsatzerlose|erlose|einnahmen budget|plan umsatz|umsatz plan|recettes|chiffre d affaires|ingresos|ventas|omzet|receita|receitas|vendas|ricavi|fatturato',
  },
  expense: {
    type: 'amount',
    names:
      'expense|expenses|budget expenses|expense budget|budget expense|budgeted expenses|planned expenses|costs|budget costs|actual expenses|expenditure|aufwand|aufwendungen|plan kosten|kosten plan|depenses|charges|gastos|egresos|uitgaven|lasten|despesas|costi|spese',
  },
  budget_amount: {
    type: 'amount',
    names:
      'budget|budget amount|budgeted|budgeted amount|annual budget|planned|plan|planned amount|forecast|target|approved budget|original budget|revised budget|estimate|estimated|planbetrag|planwert|soll plan|ansatz|haushaltsansatz|budget vote|montant budgete|prevision|presupuesto|presupuestado|importe presupuestado|begroting|begroot|gebudgetteerd|orcamento|orcado|previsto|preventivo|stanziamento',
  },
  scenario: {
    type: 'text',
    names: 'scenario|version|budget version|szenario|scenario budgetaire|escenario|versie|cenario|versione',
  },
  measure: {
    type: 'text',
    names:
      'measure|kind of amount|metric|kennzahl|mesure|medida|meetwaarde|misura|income expense|income or expense|revenue or expense',
  },
  takings: {
    type: 'amount',
    names:
      'takings|daily takings|total takings|till total|z total|z read|gross sales|net sales|daily sales|total sales|sales total|gross takings|tageseinnahme|tageseinnahmen|tagesumsatz|kasseneinnahmen|tageslosung|losung|recette|recette du jour|recettes du jour|ca ttc|ca du jour|caja|ventas del dia|total ventas|dagontvangst|dagontvangsten|dagomzet|kassaomzet|vendas do dia|total vendas|incasso|incassi|incasso giornaliero|corrispettivi',
  },
  cash: {
    type: 'amount',
    names:
      'cash|cash takings|cash sales|cash total|bar|bargeld|barumsatz|especes|efectivo|contant|contanten|dinheiro|contanti',
  },
  card_takings: {
    type: 'amount',
    names:
      'card|cards|card takings|card sales|credit card|credit cards|card total|karte|ec karte|kartenzahlung|kreditkarte|carte|carte bancaire|cb|tarjeta|tarjetas|pin|pinbetalingen|cartao|carta|carte di credito|pos',
  },
  transactions: {
    type: 'quantity',
    names:
      'transactions|no of transactions|number of transactions|customers|customer count|receipts|tickets|bons|anzahl bons|kunden|nb tickets|nombre de tickets|tickets vendidos|aantal transacties|aantal klanten|transacoes|scontrini|numero scontrini',
  },
} as const satisfies Record<string, Declared>;

export type Concept = keyof typeof CONCEPTS;

export const CONCEPT_TYPES = Object.fromEntries(
  Object.entries(CONCEPTS).map(([concept, { type }]) => [concept, type]),
) as Record<Concept, ConceptType>;

/** Every name of every concept, normalised; one name may mean several things ('card'). */
export const CONCEPT_NAMES: ReadonlyMap<string, readonly Concept[]> = invert();

/** The same without blanks: 'EcritureDate', 'COMPTE_NUM'. */
export const COMPACT_NAMES: ReadonlyMap<string, string> = new Map(
  [...CONCEPT_NAMES.keys()].map((name) => [name.replaceAll(' ', ''), name]),
);

function invert(): Map<string, Concept[]> {
  const byName = new Map<string, Concept[]>();
  for (const [concept, { names }] of Object.entries(CONCEPTS)) {
    for (const name of names.split('|')) {
      const key = normalizeHeader(name);
      const known = byName.get(key) ?? [];
      if (!known.includes(concept as Concept)) byName.set(key, [...known, concept as Concept]);
    }
  }
  return byName;
}
