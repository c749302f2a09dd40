/** Words with which a plain sentence may begin; any other word with a capital must be a name of the result. */
export const COMMON_WORDS: ReadonlySet<string> = new Set(
  `a about above across after again all almost alone also although among an and another any apart are around as at
  average because before behind below beside between both but by close closest combined compared every each even
  few figures for four fewer from half here higher highest how however i in is it its just largest last least less
  lower lowest many most much nearly neither next no none not of on once one only or other others out over overall
  per quite second share shares similar since slightly small smallest so some still than that the their them then
  there these they third this those three through together total twice two under until up was well were what when
  where which while who with within without year month week day days weeks months years quarter`
    .split(/\s+/)
    .filter(Boolean),
);
