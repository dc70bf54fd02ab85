// Short answers to the user's own actions, and the list of them under the bell. An error stands elsewhere, too.
import {t} from './text.js';

/** What a problem says: the server's sentence, or that there was no answer, as to a call or to a module of the page. */
export const sentenceOf = problem => problem.status ? problem.message : t('problem.unreachable');

class Toasts extends EventTarget {
    shown = [];
    past = [];
    #next = 1;

    /** `undo` is called when the user takes the action back; `error` keeps the toast until it is closed. */
    say(text, {undo = null, error = false} = {}) {
        const toast = {id: this.#next++, text, undo, error, at: new Date().toISOString()};
        this.shown = [...this.shown, toast].slice(-4);
        this.past = [toast, ...this.past].slice(0, 50);
        if (!error) {
            setTimeout(() => this.close(toast), 6000);
        }
        this.dispatchEvent(new Event('change'));
    }

    /** What the server refused, in its own words. */
    refuse(problem) {
        this.say(sentenceOf(problem), {error: true});
    }

    close(toast) {
        this.shown = this.shown.filter(each => each.id !== toast.id);
        this.dispatchEvent(new Event('change'));
    }

    /** Whoever comes next must not read what the last user did. */
    clear() {
        [this.shown, this.past] = [[], []];
        this.dispatchEvent(new Event('change'));
    }
}

export const toasts = new Toasts();

/** Does what the user asked for and says what came of it: `done` on success, the problem's sentence else. Gives what `work` gave. */
export async function act(work, done) {
    try {
        const result = await work();
        if (done) {
            toasts.say(typeof done === 'function' ? done(result) : done);
        }
        return result;
    } catch (problem) {
        toasts.refuse(problem);
        return undefined;
    }
}
