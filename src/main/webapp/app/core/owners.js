// Whose downloads an administrator sees: addresses by the ids of users, asked for once.
import {get} from './api.js';

class Owners extends EventTarget {
    #known = new Map();
    /** One list names most of them. */
    #first = null;

    /** The address of a user, or the beginning of the id until it is known, and where the user was deleted. */
    name(id) {
        if (!this.#known.has(id)) {
            this.#ask(id);
        }
        return this.#known.get(id) || id.slice(0, 8);
    }

    async #ask(id) {
        this.#known.set(id, '');
        try {
            this.#first ??= get('admin/users', {limit: 200}).then(answer => answer.users.forEach(user => this.#known.set(user.id, user.email)));
            await this.#first;
            if (!this.#known.get(id)) {
                this.#known.set(id, (await get(`admin/users/${id}`)).email);
            }
            this.dispatchEvent(new Event('change'));
        } catch {
            // A deleted user stays the beginning of an id.
        }
    }
}

export const owners = new Owners();
