// Which rows are selected, and how a range is: from the last one that was touched to this one.
export class Selection {
    #ids = new Set();
    #list;
    #last = null;

    /** `list.order` is the order of the rows. */
    constructor(list) {
        this.#list = list;
    }

    get size() {
        return this.#ids.size;
    }

    has(id) {
        return this.#ids.has(id);
    }

    /** In the order of the rows. */
    list() {
        return this.#list.order.filter(id => this.#ids.has(id));
    }

    toggle(id, range) {
        const on = !this.#ids.has(id);
        const [from, to] = [this.#list.order.indexOf(this.#last), this.#list.order.indexOf(id)].sort((a, b) => a - b);
        const ids = range && from >= 0 ? this.#list.order.slice(from, to + 1) : [id];
        ids.forEach(each => on ? this.#ids.add(each) : this.#ids.delete(each));
        this.#last = id;
    }

    all() {
        this.#ids = new Set(this.#list.order);
    }

    clear() {
        this.#ids.clear();
        this.#last = null;
    }

    drop(id) {
        this.#ids.delete(id);
    }

    /** Rows that are gone are no longer selected. */
    keep() {
        if (this.#ids.size) {
            this.#ids = new Set(this.list());
        }
    }
}
