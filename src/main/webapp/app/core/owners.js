// Users by name, for administrators: the API names them by their ids. Each is asked for once.
import {get} from './api.js';

const MOST = 200;

class Owners extends EventTarget {
    #known = new Map();
    #first = null;
    #at = 0;

    /** The mail address of a user; an empty text until it is known, and for one who was deleted. */
    address(id) {
        if (!this.#known.has(id)) {
            this.#ask(id);
        }
        return this.#known.get(id);
    }

    /** The same, or the beginning of the id. */
    name(id) {
        return this.address(id) || id.slice(0, 8);
    }

    /** Takes what a list of users says of them. */
    learn(users) {
        users.forEach(user => this.#known.set(user.id, user.email));
        this.dispatchEvent(new Event('change'));
    }

    /** One list names them all on most servers: who is not in one that was asked for after this was deleted, and is not asked for. */
    async #ask(id) {
        const now = performance.now();
        this.#known.set(id, '');
        try {
            const {hasMore} = await this.#list(0);
            if (!this.#known.get(id)) {
                await (hasMore ? get(`admin/users/${id}`).then(user => this.learn([user])) : this.#list(now));
            }
        } catch (problem) {
            if (problem.status !== 404) {
                // Not at once: what refuses it may be that too much was asked for.
                setTimeout(() => this.#known.delete(id), 30000);
            }
        }
    }

    #list(notBefore) {
        if (!this.#first || this.#at < notBefore) {
            this.#at = performance.now();
            this.#first = get('admin/users', {limit: MOST}).then(answer => { this.learn(answer.users); return answer.pagination; });
            this.#first.catch(() => { this.#first = null; });
        }
        return this.#first;
    }
}

export const owners = new Owners();
