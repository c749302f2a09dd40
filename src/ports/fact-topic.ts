/** A fact for people outside of Slack: an e-mail, a page to the one on call. */
export type Fact = {
  /** The same for every try, so that a repeat can be known. */
  key: string;
  /** One line, at most a hundred characters are shown. */
  subject: string;
  text: string;
  /** For filters of those who listen: { feed: 'orders', outcome: 'failed' }. */
  attributes: Record<string, string>;
};

/** Where such facts go; each at least once. Errors: topic.unavailable. */
export type FactTopic = { publish(fact: Fact): Promise<void> };
