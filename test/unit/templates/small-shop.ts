import type { Warehouse } from '../../../src/ports/warehouse.ts';

/** Five orders of three people in early 2025, small enough to sum by hand. */
export async function fillSmallShop(warehouse: Warehouse): Promise<void> {
  await warehouse.write({ token: 'small-shop', steps: STATEMENTS.map((sql) => ({ sql })) });
}

const STATEMENTS = [
  `insert into retail.customers (customer_id, person_id, state, country, batch_id) values
    ('c1', 'P1', 'MD', 'Spain', 'b'), ('c2', 'P2', null, 'Italy', 'b'), ('c3', 'P3', null, 'Italy', 'b')`,
  `insert into retail.branches (branch_id, name, batch_id) values ('B1', 'Centre', 'b'), ('B2', 'North', 'b')`,
  `insert into retail.products (product_id, name, category, unit_cost, batch_id) values
    ('A', 'Boot', 'Boots', 40, 'b'), ('B', 'Sandal', 'Sandals', 10, 'b'), ('C', 'Lace', 'Care', 1, 'b')`,
  `insert into retail.orders (order_id, document_kind, customer_id, person_id, branch_id, status, currency, ordered_at, order_date,
     promised_at, delivered_at, items_amount, discount_amount, shipping_amount, tax_amount, total_amount, batch_id) values
    ('O1', 'sale', 'c1', 'P1', 'B1', 'delivered', 'EUR', '2025-01-10 09:30:00', '2025-01-10', '2025-01-15', '2025-01-14 09:30:00', 150, 0, 5, 0, 155, 'b'),
    ('O2', 'sale', 'c1', 'P1', 'B1', 'delivered', 'EUR', '2025-02-05 10:15:00', '2025-02-05', '2025-02-09', '2025-02-11 10:15:00', 110, 10, 0, 0, 100, 'b'),
    ('O3', 'sale', 'c2', 'P2', 'B2', 'shipped', 'EUR', '2025-02-20 09:00:00', '2025-02-20', '2025-02-25', null, 160, 0, 0, 0, 165, 'b'),
    ('O4', 'sale', 'c3', 'P3', 'B2', 'delivered', 'EUR', '2025-03-03 09:45:00', '2025-03-03', '2025-03-06', '2025-03-05 09:45:00', 101, 20, 0, 0, 81, 'b'),
    ('O5', 'sale', 'c2', 'P2', 'B1', 'created', 'EUR', '2025-03-12 14:00:00', '2025-03-12', null, null, null, null, null, null, null, 'b')`,
  `insert into retail.order_items (order_id, line_no, line_kind, product_id, customer_id, person_id, branch_id, order_date, quantity, unit_price,
     gross_amount, discount_amount, net_amount, tax_amount, shipping_amount, cost_amount, returned_quantity, batch_id) values
    ('O1', 1, 'sale', 'A', 'c1', 'P1', 'B1', '2025-01-10', 1, 100, 100, 0, 100, 0, 0, 40, 0, 'b'),
    ('O1', 2, 'sale', 'B', 'c1', 'P1', 'B1', '2025-01-10', 1, 50, 50, 0, 50, 0, 0, 10, 0, 'b'),
    ('O2', 1, 'sale', 'A', 'c1', 'P1', 'B1', '2025-02-05', 1, 110, 110, 10, 100, 0, 0, 40, 0, 'b'),
    ('O3', 1, 'sale', 'A', 'c2', 'P2', 'B2', '2025-02-20', 1, 110, 110, 0, 110, 0, 0, 40, 0, 'b'),
    ('O3', 2, 'sale', 'B', 'c2', 'P2', 'B2', '2025-02-20', 1, 50, 50, 0, 50, 0, 0, 10, 0, 'b'),
    ('O4', 1, 'sale', 'B', 'c3', 'P3', 'B2', '2025-03-03', 2, 50, 100, 20, 80, 0, 0, 20, 0, 'b')`,
  `insert into retail.refunds (refund_id, order_id, refunded_at, refund_date, quantity, amount, batch_id) values
    ('R1', 'O1', '2025-02-15', '2025-02-15', 1, 50, 'b'), ('R2', 'O4', '2025-03-20', '2025-03-20', 1, 40, 'b')`,
  `insert into retail.payments (payment_id, order_id, sequence_no, method, installments, payment_date, amount, batch_id) values
    ('y1', 'O1', 1, 'card', 1, '2025-01-10', 155, 'b'), ('y2', 'O2', 1, 'card', 1, '2025-02-05', 100, 'b'),
    ('y3', 'O3', 1, 'voucher', 1, '2025-02-20', 60, 'b'), ('y4', 'O3', 2, 'card', 1, '2025-02-20', 105, 'b'),
    ('y5', 'O4', 1, 'boleto', 2, '2025-03-03', 80, 'b')`,
  `insert into retail.ledger_entries (entry_id, journal_id, entry_date, account_code, account_name, account_kind, branch_id, debit, credit, amount, tax_amount, currency, batch_id) values
    ('e1', 'J1', '2025-01-31', '1000', 'Bank', 'asset', 'B1', 500, 0, 500, 0, 'EUR', 'b'),
    ('e2', 'J1', '2025-01-31', '4000', 'Sales', 'income', 'B1', 0, 500, -500, -100, 'EUR', 'b'),
    ('e3', 'J2', '2025-02-01', '6000', 'Rent', 'expense', 'B1', 200, 0, 200, 40, 'EUR', 'b'),
    ('e4', 'J2', '2025-02-01', '1000', 'Bank', 'asset', 'B1', 0, 200, -200, 0, 'EUR', 'b')`,
  `insert into retail.ledger_steps (step_id, record_id, step, stepped_at, step_date, person, person_name, record_kind, record_date, amount, currency, account_name, branch_id, text, reverses_record, batch_id) values
    ('1', 'r1', 'posted', '2025-02-01 10:00:00', '2025-02-01', 'U1', 'Aisha', 'expense', '2025-02-01', 50, 'EUR', 'Rent', 'B1', 'Rent', null, 'b'),
    ('2', 'r2', 'waiting', '2025-02-02 10:00:00', '2025-02-02', 'U1', 'Aisha', 'expense', '2025-02-01', 50, 'EUR', 'Rent', 'B1', 'Rent', null, 'b'),
    ('3', 'r3', 'waiting', '2025-02-03 10:00:00', '2025-02-03', 'U1', 'Aisha', 'income', '2025-02-01', 50, 'EUR', 'Rent', null, 'Rent', null, 'b'),
    ('4', 'r3', 'approved', '2025-02-04 10:00:00', '2025-02-04', 'U2', 'Mara', 'income', '2025-02-01', 50, 'EUR', 'Rent', null, 'Rent', null, 'b'),
    ('5', 'r3', 'posted', '2025-02-04 10:00:00', '2025-02-04', 'U1', 'Aisha', 'income', '2025-02-01', 50, 'EUR', 'Rent', null, 'Rent', null, 'b'),
    ('6', 'r4', 'waiting', '2025-02-05 10:00:00', '2025-02-05', 'U3', 'Dana', 'expense', '2025-02-01', 50, 'EUR', 'Rent', 'B1', 'Rent', null, 'b'),
    ('7', 'r4', 'declined', '2025-02-06 10:00:00', '2025-02-06', 'U2', 'Mara', 'expense', '2025-02-01', 50, 'EUR', 'Rent', 'B1', 'Rent', null, 'b'),
    ('8', 'r5', 'posted', '2025-02-07 10:00:00', '2025-02-07', 'U3', 'Dana', 'reversal', '2025-02-07', 50, 'EUR', 'Rent', 'B1', 'Not ours', 'r1', 'b')`,
  `insert into retail.budgets (budget_id, scenario, month_start, account_code, account_name, branch_id, measure, amount, currency, batch_id) values
    ('g1', 'budget', '2025-02-01', '6000', 'Rent', 'B1', 'expense', 180, 'EUR', 'b'),
    ('g2', 'budget', '2025-01-01', '4000', 'Sales', 'B1', 'revenue', 450, 'EUR', 'b')`,
  `insert into retail.stock_counts (branch_id, product_id, counted_on, quantity, batch_id) values
    ('B1', 'A', '2025-02-01', 7, 'b'), ('B1', 'A', '2025-03-01', 0, 'b'), ('B1', 'B', '2025-03-01', 10, 'b'), ('B1', 'C', '2025-03-01', 5, 'b')`,
  `insert into retail.uploads (upload_id, batch_id, uploaded_by, person_name, confirmed_by, file_name, file_hash, what, period_from, period_to, rows_loaded, rows_left_out, uploaded_on, uploaded_at, replaced_batch, replaced_file, undone_at) values
    ('u1', 'b1', 'U1', 'Ann', 'Ann', 'feb.xlsx', 'h1', 'expenses', '2025-02-01', '2025-02-28', 3, 1, '2025-03-01', '2025-03-01 09:00:00', null, null, '2025-03-02 10:00:00'),
    ('u2', 'b2', 'U1', 'Ann', 'Bob', 'feb2.xlsx', 'h2', 'expenses', '2025-02-01', '2025-02-28', 3, 0, '2025-03-02', '2025-03-02 10:00:00', 'b1', 'feb.xlsx', null)`,
  `insert into retail.upload_changes (upload_id, batch_id, table_name, item, rows_before, rows_after, amount_before, amount_after) values
    ('u1', 'b1', 'expenses', 'Travel', 0, 2, 0, 90), ('u2', 'b2', 'expenses', 'Travel', 2, 2, 90, 95.5), ('u2', 'b2', 'expenses', 'Rent', 1, 1, 10, 10)`,
];
