// Users in fields and lists: people know them by their mail addresses, the API by their ids.
import {html, nothing} from '../vendor/lit.js';
import {get, Problem} from '../core/api.js';
import {Element} from '../core/element.js';
import {owners} from '../core/owners.js';
import {t} from '../core/text.js';

/** The first users, as suggestions for a field. */
export async function suggestions() {
    const {users} = await get('admin/users', {limit: 100});
    owners.learn(users);
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
    static properties = {user: {}};

    connectedCallback() {
        super.connectedCallback();
        this.watch(owners, 'change');
    }

    render() {
        const address = this.user && owners.address(this.user);
        return address ? html`<a href="#/users/${this.user}">${address}</a>` : this.user ? html`<span title=${this.user}>${owners.name(this.user)}…</span>` : nothing;
    }
}
customElements.define('ww-who', Who);
