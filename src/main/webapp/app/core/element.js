// Every part of the page: rendered into the page itself, so that one style sheet, labels and forms work as everywhere.
import {LitElement} from '../vendor/lit.js';
import {mayAsk} from './api.js';

export class Element extends LitElement {
    #watched = [];

    createRenderRoot() {
        return this;
    }

    /** Draws anew, or calls `then`, whenever the target says so, as long as this element is in the page. Call it in `connectedCallback`. */
    watch(target, types, then = () => this.requestUpdate()) {
        for (const type of [types].flat()) {
            target.addEventListener(type, then);
            this.#watched.push(() => target.removeEventListener(type, then));
        }
    }

    /** Calls `then` every so many milliseconds, as long as this element is in the page and the page is looked at. What asks the server does so every five seconds at most. */
    every(milliseconds, then) {
        const timer = setInterval(() => document.hidden || milliseconds >= 5000 && !mayAsk() || then(), milliseconds);
        this.#watched.push(() => clearInterval(timer));
    }

    disconnectedCallback() {
        super.disconnectedCallback();
        this.#watched.forEach(end => end());
        this.#watched = [];
    }
}
