// Keyboard: one key each, never while one writes. Pages add theirs as long as they are shown; the sheet lists them.
class Keys extends EventTarget {
    #bound = new Map();

    constructor() {
        super();
        addEventListener('keydown', event => this.#pressed(event));
    }

    /** `keys` maps a key to {text, run}; the function that is given takes them back. */
    bind(keys) {
        for (const [key, what] of Object.entries(keys)) {
            this.#bound.set(key, what);
        }
        return () => {
            for (const [key, what] of Object.entries(keys)) {
                if (this.#bound.get(key) === what) {
                    this.#bound.delete(key);
                }
            }
        };
    }

    list() {
        return [...this.#bound].map(([key, {text}]) => ({key, text}));
    }

    #pressed(event) {
        const writes = event.target.closest('input:not([type=checkbox]), textarea, select, [contenteditable]') || document.querySelector('dialog[open]');
        const what = this.#bound.get(event.key);
        if (what && !writes && !event.ctrlKey && !event.metaKey && !event.altKey) {
            event.preventDefault();
            what.run(event);
        }
    }
}

export const keys = new Keys();
