const MARKET_ID = '","market_id":"';
const PRICE = '","price_dollars":"';

/**
 * Reads an `orderbook_delta` line of a tape in place, without making objects of it: 97 of 100 lines are such, and the
 * objects cost more than the book. Takes only the exact form in which the exchange writes them; any other is left to
 * JSON.parse.
 */
export class DeltaLine {
  at = 0;
  sid = 0;
  seq = 0;
  ticker = '';
  /** In NO's price for NO; ten-thousandths. */
  price = 0;
  /** Hundredths, signed. */
  delta = 0;
  side: 'yes' | 'no' = 'yes';
  #text = '';
  #position = 0;
  /** From the end of the ticker to the end of the market's id, in the last line that was read to there. */
  #between = 0;

  /** Whether text[start, end) is such a line; only then are the fields set. */
  read(text: string, start: number, end: number): boolean {
    this.#text = text;
    this.#position = start;
    return this.#head() && this.#market() && this.#body() && text.startsWith('}}}', end - 3) && this.#position < end;
  }

  #head(): boolean {
    if (!this.#literal('{"recv_ms":')) return false;
    this.at = this.#digits();
    if (!this.#literal(',"event":{"type":"orderbook_delta","sid":')) return false;
    this.sid = this.#digits();
    if (!this.#literal(',"seq":')) return false;
    this.seq = this.#digits();
    return this.#literal(',"msg":{"market_ticker":"');
  }

  /** Most lines are of the market of the line before: then its id between is as long, and is passed over. */
  #market(): boolean {
    if (this.#between > 0 && this.#text.startsWith(this.ticker, this.#position)) {
      const price = this.#position + this.ticker.length + this.#between;
      if (this.#text.startsWith(PRICE, price) && this.#text.startsWith(MARKET_ID, price - this.#between)) {
        this.#position = price + PRICE.length;
        return true;
      }
    }
    const start = this.#position;
    const end = this.#text.indexOf('"', start);
    this.#position = end;
    if (!this.#literal(MARKET_ID)) return false;
    this.#position = this.#text.indexOf('"', this.#position);
    this.ticker = this.#text.slice(start, end);
    this.#between = this.#position - end;
    return this.#literal(PRICE);
  }

  #body(): boolean {
    this.price = this.#decimal(4);
    if (!this.#literal('","delta_fp":"')) return false;
    this.delta = this.#decimal(2);
    if (this.#literal('","side":"yes","ts":"')) this.side = 'yes';
    else if (this.#literal('","side":"no","ts":"')) this.side = 'no';
    else return false;
    return true;
  }

  #literal(expected: string): boolean {
    if (!this.#text.startsWith(expected, this.#position)) return false;
    this.#position += expected.length;
    return true;
  }

  #digits(): number {
    let value = 0;
    for (; ; this.#position++) {
      const digit = this.#text.charCodeAt(this.#position) - 48;
      if (!(digit >= 0 && digit <= 9)) return value;
      value = value * 10 + digit;
    }
  }

  /** Exactly `decimals` digits behind the point, as the exchange writes them; else the next literal does not match. */
  #decimal(decimals: number): number {
    const negative = this.#text.charCodeAt(this.#position) === 45;
    if (negative) this.#position++;
    const whole = this.#digits();
    if (this.#text.charCodeAt(this.#position) !== 46) return Number.NaN;
    const start = ++this.#position;
    const fraction = this.#digits();
    if (this.#position - start !== decimals) this.#position = start;
    const value = whole * 10 ** decimals + fraction;
    return negative ? -value : value;
  }
}
