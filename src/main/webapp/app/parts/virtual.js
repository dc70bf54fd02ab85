// Rows of one height, of which only those near the window are drawn: the page scrolls, not a box in it.
const BEYOND = 5;

export class VirtualRows {
    first = 0;
    last = 40;
    height = 60;
    #host;
    #end;

    /** `host` is the element whose `.rows` holds a `.drawn` with the rows; `end` is called near the end of what there is. */
    constructor(host, end) {
        this.#host = host;
        this.#end = end;
    }

    get #box() {
        return this.#host.querySelector('.rows');
    }

    /** Looks which of `count` rows are near the window; true when others are to be drawn than before. */
    look(count) {
        const box = this.#box;
        if (!box) {
            return false;
        }
        const top = -box.getBoundingClientRect().top;
        const first = Math.max(0, Math.min(count, Math.floor(top / this.height) - BEYOND));
        const last = Math.max(first, Math.min(count, Math.ceil((top + innerHeight) / this.height) + BEYOND));
        if (last > count - 40) {
            this.#end();
        }
        const moved = first !== this.first || last !== this.last;
        [this.first, this.last] = [first, last];
        return moved;
    }

    /** Gives the box the height of all rows, and the drawn ones their place. */
    place(count) {
        const box = this.#box;
        const row = box?.querySelector('.row');
        if (row) {
            this.height = row.getBoundingClientRect().height || this.height;
        }
        if (box) {
            box.style.setProperty('block-size', `${count * this.height}px`);
            box.firstElementChild.style.setProperty('transform', `translateY(${this.first * this.height}px)`);
        }
    }

    /** The rows that are really seen, below what stays above them while one scrolls. */
    seen(above) {
        const top = above - (this.#box?.getBoundingClientRect().top ?? 0);
        return top <= 0 ? null : Math.floor(top / this.height);
    }

    /** Scrolls so far that the row is seen. */
    show(index, above) {
        const top = this.#box.getBoundingClientRect().top + index * this.height;
        if (top < above) {
            scrollBy(0, top - above);
        } else if (top + this.height > innerHeight) {
            scrollBy(0, top + this.height - innerHeight + this.height);
        }
    }
}
