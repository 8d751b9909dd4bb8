/** DynamoDB's expression language: `#name` stands for an attribute, `:value` for a value. */
export interface Expression {
  readonly text: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** Attributes that are called otherwise than in the text. */
  readonly names: Readonly<Record<string, string>>;
}

export function expression(text: string, values: Expression['values'] = {}, names: Expression['names'] = {}): Expression {
  return { text, values, names };
}

/** What a request must say about the names and values in its expressions. */
export function vocabulary(...expressions: readonly (Expression | undefined)[]) {
  const names: Record<string, string> = {};
  const values: Record<string, unknown> = {};
  for (const used of expressions) {
    if (!used) continue;
    for (const [placeholder, word = ''] of used.text.matchAll(/#(\w+)/g)) names[placeholder] = used.names[word] ?? word;
    for (const [name, value] of Object.entries(used.values)) values[`:${name}`] = value;
  }
  return {
    ...(Object.keys(names).length > 0 ? { ExpressionAttributeNames: names } : {}),
    ...(Object.keys(values).length > 0 ? { ExpressionAttributeValues: values } : {}),
  };
}
