// Users by name: the API names them by their ids.
import {html, nothing} from '../vendor/lit.js';
import {get, Problem} from '../core/api.js';
import {Element} from '../core/element.js';
import {t} from '../core/text.js';

const names = new Map();

/** The mail address of a user, null for one that is gone. Asked for once. */
function nameOf(id) {
    if (!names.has(id)) {
        names.set(id, get(`admin/users/${id}`).then(user => user.email, problem => {
            if (problem.status !== 404) {
                names.delete(id);
            }
            return null;
        }));
    }
    return names.get(id);
}

/** Learns the names of a list of users, so that nobody has to be asked for one by one. */
export const learn = users => users.forEach(({id, email}) => names.set(id, Promise.resolve(email)));

/** The first users, as suggestions for a field. */
export async function suggestions() {
    const {users} = await get('admin/users', {limit: 100});
    learn(users);
    return users.map(user => user.email);
}

/** The id of whoever has that address, for the field `name`; null for an empty one. */
export async function idOf(email, name) {
    if (!email) {
        return null;
    }
    const {users} = await get('admin/users', {q: email, limit: 100});
    const found = users.find(user => user.email === email.trim().toLowerCase());
    if (!found) {
        throw new Problem(404, {detail: t('people.unknown', {email}), errors: [{pointer: `/${name}`, detail: t('people.unknown', {email})}]});
    }
    return found.id;
}

/** Who it is, with a link to them. */
class Who extends Element {
    static properties = {user: {}, name: {state: true}};

    willUpdate(changed) {
        if (changed.has('user') && this.user) {
            const user = this.user;
            this.name = undefined;
            nameOf(user).then(name => { this.name = user === this.user ? name : this.name; });
        }
    }

    render() {
        return !this.user ? nothing : this.name ? html`<a href="#/users/${this.user}">${this.name}</a>` : html`<span title=${this.user}>${this.user.slice(0, 8)}…</span>`;
    }
}
customElements.define('ww-who', Who);
