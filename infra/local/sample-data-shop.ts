import { createRandom } from './sample-data-random.ts';

/** Plumb & Sons, a shoe retailer that does not exist: its branches, its range and its customers' names. */
export type Branch = {
  id: string;
  name: string;
  kind: 'store' | 'web';
  city: string;
  region: string;
  openedOn: string;
  /** Orders a day in an ordinary week of the last year. */
  daily: number;
};

export type Product = {
  id: string;
  sku: string;
  name: string;
  category: string;
  subcategory: string;
  department: string;
  brand: string;
  costPence: number;
  pricePence: number;
  weightG: number;
  popularity: number;
  returnRate: number;
  /** Demand by month, January first. */
  season: readonly number[];
};

export const WEB_BRANCH = 'WEB';
/** Sells a tenth of what it did from about two months before the data ends. */
export const FAILING_BRANCH = 'B07';
/** Comes back far more often in the last six weeks: its sole comes off. */
export const FAULTY_MODEL = 'Ridge Runner';

export const BRANCHES: readonly Branch[] = [
  branch('B01', 'London Covent Garden', 'London', 'South', '2009-03-14', 7.6),
  branch('B02', 'Manchester Deansgate', 'Manchester', 'North', '2010-09-01', 4.3),
  branch('B03', 'Birmingham New Street', 'Birmingham', 'Midlands', '2011-05-20', 3.7),
  branch('B04', 'Edinburgh Princes Street', 'Edinburgh', 'Scotland', '2012-04-02', 3.4),
  branch('B05', 'Bristol Cabot', 'Bristol', 'South', '2013-10-11', 2.8),
  branch('B06', 'Cardiff Arcades', 'Cardiff', 'Wales', '2014-03-28', 2.3),
  branch('B07', 'Leeds Briggate', 'Leeds', 'North', '2014-11-07', 3.3),
  branch('B08', 'Glasgow Buchanan', 'Glasgow', 'Scotland', '2015-06-19', 2.7),
  branch('B09', 'Nottingham Lace Market', 'Nottingham', 'Midlands', '2016-08-26', 2.0),
  branch('B10', 'Brighton Lanes', 'Brighton', 'South', '2017-05-05', 2.2),
  branch('B11', 'York Shambles', 'York', 'North', '2018-09-14', 1.8),
  branch('B12', 'Norwich Market', 'Norwich', 'East', '2020-10-02', 1.5),
  {
    id: WEB_BRANCH,
    name: 'Web shop',
    kind: 'web',
    city: 'London',
    region: 'Online',
    openedOn: '2012-01-09',
    daily: 24,
  },
];

const WINTER = [1.2, 1.1, 0.9, 0.6, 0.5, 0.4, 0.4, 0.6, 1.2, 1.6, 1.7, 1.5];
const SUMMER = [0.3, 0.4, 0.8, 1.3, 1.8, 2.1, 2.0, 1.4, 0.6, 0.4, 0.3, 0.4];
const SPORT = [1.4, 1.1, 1.1, 1.2, 1.1, 1.0, 0.9, 0.9, 1.1, 0.9, 0.8, 0.8];
const SCHOOL = [0.9, 0.8, 0.9, 1.0, 0.9, 0.8, 1.1, 2.4, 1.3, 0.8, 0.8, 0.9];
const EVEN = [0.9, 0.9, 1, 1, 1, 1, 1, 1, 1, 1, 1.1, 1.4];

type Range = {
  category: string;
  season: readonly number[];
  returns: number;
  models: [
    name: string,
    subcategory: string,
    department: string,
    brand: string,
    price: number,
    weightG: number,
  ][];
  colours: string[];
  sizes: string[];
};

const RANGES: readonly Range[] = [
  {
    category: 'Boots',
    season: WINTER,
    returns: 0.07,
    models: [
      ['Fell Walker', 'Walking boots', 'Men', 'Plumb', 109, 1250],
      ['Moorland', 'Walking boots', 'Women', 'Plumb', 104.5, 1100],
      ['Chelsea Classic', 'Chelsea boots', 'Women', 'Harrow & Vale', 95, 850],
      ['Dealer', 'Chelsea boots', 'Men', 'Harrow & Vale', 98, 950],
      ['Frost Lace', 'Winter boots', 'Women', 'Nordhem', 129.95, 1300],
      ['Harbour', 'Winter boots', 'Men', 'Nordhem', 134.95, 1400],
    ],
    colours: ['black', 'brown'],
    sizes: ['EU 37', 'EU 39', 'EU 41', 'EU 43', 'EU 45'],
  },
  {
    category: 'Sneakers',
    season: EVEN,
    returns: 0.09,
    models: [
      ['Court Low', 'Casual', 'Unisex', 'Plumb', 59.95, 700],
      ['Court High', 'Casual', 'Unisex', 'Plumb', 64.95, 800],
      ['Alley', 'Skate', 'Unisex', 'Kestrel', 69.5, 820],
      ['Canvas One', 'Canvas', 'Unisex', 'Kestrel', 44.5, 600],
      ['Retro 84', 'Casual', 'Men', 'Corsa', 84.95, 780],
    ],
    colours: ['white', 'black', 'navy'],
    sizes: ['EU 37', 'EU 39', 'EU 41', 'EU 43', 'EU 45'],
  },
  {
    category: 'Running',
    season: SPORT,
    returns: 0.11,
    models: [
      [FAULTY_MODEL, 'Trail', 'Unisex', 'Corsa', 99.95, 640],
      ['Tempo', 'Road', 'Unisex', 'Corsa', 89.95, 520],
      ['Mile', 'Road', 'Women', 'Plumb', 69.95, 540],
      ['Marathon Pro', 'Road', 'Men', 'Corsa', 139.95, 480],
    ],
    colours: ['blue', 'orange'],
    sizes: ['EU 38', 'EU 40', 'EU 42', 'EU 44', 'EU 46'],
  },
  {
    category: 'Sandals',
    season: SUMMER,
    returns: 0.05,
    models: [
      ['Shoreline', 'Flat sandals', 'Women', 'Plumb', 39.95, 420],
      ['Pier', 'Flat sandals', 'Men', 'Plumb', 42.95, 520],
      ['Cork Step', 'Slides', 'Unisex', 'Harrow & Vale', 34.5, 400],
      ['Hillside', 'Trekking sandals', 'Unisex', 'Nordhem', 64.95, 600],
    ],
    colours: ['tan', 'black'],
    sizes: ['EU 37', 'EU 39', 'EU 41', 'EU 43'],
  },
  {
    category: 'Formal',
    season: EVEN,
    returns: 0.06,
    models: [
      ['Oxford 12', 'Oxfords', 'Men', 'Harrow & Vale', 119, 900],
      ['Brogue 7', 'Brogues', 'Men', 'Harrow & Vale', 124.5, 950],
      ['Court Shoe', 'Heels', 'Women', 'Harrow & Vale', 79.95, 560],
      ['Loafer', 'Loafers', 'Women', 'Plumb', 72.5, 600],
    ],
    colours: ['black', 'oxblood'],
    sizes: ['EU 37', 'EU 39', 'EU 41', 'EU 43'],
  },
  {
    category: 'Kids',
    season: SCHOOL,
    returns: 0.04,
    models: [
      ['School Bell', 'School shoes', 'Kids', 'Plumb', 36.95, 450],
      ['Puddle', 'Wellingtons', 'Kids', 'Plumb', 19.95, 500],
      ['Tumble', 'First shoes', 'Kids', 'Kestrel', 32.5, 300],
      ['Playground', 'Kids sneakers', 'Kids', 'Kestrel', 34.95, 420],
    ],
    colours: ['black', 'red'],
    sizes: ['EU 24', 'EU 28', 'EU 32', 'EU 35'],
  },
  {
    category: 'Slippers',
    season: WINTER,
    returns: 0.03,
    models: [
      ['Hearth', 'Slippers', 'Unisex', 'Nordhem', 29.95, 380],
      ['Fireside Mule', 'Slippers', 'Women', 'Plumb', 24.95, 320],
    ],
    colours: ['grey', 'green'],
    sizes: ['EU 37', 'EU 40', 'EU 43'],
  },
  {
    category: 'Accessories',
    season: EVEN,
    returns: 0.01,
    models: [
      ['Wool Socks, pair', 'Socks', 'Unisex', 'Plumb', 9.95, 90],
      ['Running Socks, 3 pairs', 'Socks', 'Unisex', 'Corsa', 14.95, 150],
      ['Shoe Cream, 50 ml', 'Care', 'Unisex', 'Plumb', 6.5, 110],
      ['Waterproofing Spray', 'Care', 'Unisex', 'Plumb', 8.95, 300],
      ['Laces', 'Laces', 'Unisex', 'Plumb', 3.95, 30],
      ['Cedar Shoe Trees', 'Care', 'Unisex', 'Harrow & Vale', 24.5, 700],
      ['Insoles', 'Insoles', 'Unisex', 'Kestrel', 12.95, 120],
    ],
    colours: [''],
    sizes: [''],
  },
  {
    category: 'Shoes',
    season: EVEN,
    returns: 0.06,
    models: [
      ['Derby Day', 'Lace-ups', 'Men', 'Plumb', 74.95, 820],
      ['Market Slip-on', 'Slip-ons', 'Women', 'Plumb', 54.5, 520],
      ['Ballet', 'Ballerinas', 'Women', 'Harrow & Vale', 49.95, 380],
      ['Deck', 'Boat shoes', 'Unisex', 'Kestrel', 69.95, 640],
    ],
    colours: ['black', 'tan'],
    sizes: ['EU 37', 'EU 39', 'EU 41', 'EU 43'],
  },
];

export function createRange(seed: number): Product[] {
  const random = createRandom(seed ^ 0x5f0e);
  const products: Product[] = [];
  for (const range of RANGES) {
    for (const [model, subcategory, department, brand, price, weightG] of range.models) {
      const liked = 0.5 + random.next() * 1.5;
      for (const colour of range.colours) {
        for (const size of range.sizes) {
          const number = products.length + 1;
          const words = [model, colour, size].filter((word) => word !== '');
          products.push({
            id: `P${String(number).padStart(4, '0')}`,
            sku: `${range.category.slice(0, 2).toUpperCase()}-${String(1000 + number)}`,
            name: words.join(', '),
            category: range.category,
            subcategory,
            department,
            brand,
            // What is listed includes a fifth of tax; amounts here are without it.
            pricePence: Math.round((price * 100) / 1.2),
            costPence: Math.round(((price * 100) / 1.2) * (0.42 + random.next() * 0.14)),
            weightG,
            popularity: liked * (0.6 + random.next() * 0.8) * (range.category === 'Accessories' ? 9 : 1),
            returnRate: range.returns,
            season: range.season,
          });
        }
      }
    }
  }
  return products;
}

export const FIRST_NAMES = (
  'Ada Alfie Amber Amir Anya Arthur Bea Callum Carys Daisy Dev Edie Elif Ewan Farah Finn Freya George Grace Hamish ' +
  'Hana Harry Idris Imogen Isla Jack Jaya Joe Kit Leila Leo Lily Maeve Malik Mina Nadia Nell Noah Olive Omar Orla Oscar ' +
  'Poppy Priya Quinn Rhys Rosa Ruby Sam Sian Sofia Tariq Theo Tilly Uma Violet Will Yara Zac Zoe'
).split(' ');

export const LAST_NAMES = (
  'Abbot Ainsworth Archer Ashby Bailey Barrow Beck Birch Blackwood Booth Brook Burn Chalk Cobb Cole Crane Croft Dale Dean ' +
  'Drake Dyer Eddon Fallow Fenn Field Firth Fox Frost Gale Garth Glen Gorse Hale Harker Hart Heath Holt Hythe Ives Jarrow ' +
  'Keld Kerr Lake Lark Ling Lowe Marsh Mead Merrow Mill Moss Nash Noble Oakes Orme Park Penn Pike Pool Quill Ramsey Reed ' +
  'Ridge Rook Rowe Sedge Shaw Slade Stone Swift Tarn Thorne Vane Vale Wade Ward Webb Wren Yarrow'
).split(' ');

export const TOWNS: readonly [city: string, country: string, postcode: string][] = [
  ['London', 'GB', 'E1'],
  ['Manchester', 'GB', 'M4'],
  ['Birmingham', 'GB', 'B2'],
  ['Edinburgh', 'GB', 'EH3'],
  ['Bristol', 'GB', 'BS1'],
  ['Cardiff', 'GB', 'CF10'],
  ['Leeds', 'GB', 'LS1'],
  ['Glasgow', 'GB', 'G2'],
  ['Nottingham', 'GB', 'NG1'],
  ['Brighton', 'GB', 'BN1'],
  ['York', 'GB', 'YO1'],
  ['Norwich', 'GB', 'NR2'],
  ['Dublin', 'IE', 'D02'],
  ['Lyon', 'FR', '69002'],
  ['Hamburg', 'DE', '20095'],
  ['Utrecht', 'NL', '3511'],
];

function branch(
  id: string,
  name: string,
  city: string,
  region: string,
  openedOn: string,
  daily: number,
): Branch {
  return { id, name, kind: 'store', city, region, openedOn, daily };
}
