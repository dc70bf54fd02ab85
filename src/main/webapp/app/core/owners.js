// Users by name, for administrators: the API names them by their ids. Each is asked for once.
import {get} from './api.js';

const MOST = 200;

class Owners extends EventTarget {
    #known = new Map();
    #first = null;

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

    /** One list names them all on most servers; who is not in it was deleted then, and is not asked for. */
    async #ask(id) {
        this.#known.set(id, '');
        try {
            this.#first ??= get('admin/users', {limit: MOST}).then(answer => { this.learn(answer.users); return answer.pagination; });
            const {hasMore} = await this.#first;
            if (hasMore && !this.#known.get(id)) {
                this.learn([await get(`admin/users/${id}`)]);
            }
        } catch {
            // A deleted user stays the beginning of an id.
        }
    }
}

export const owners = new Owners();
