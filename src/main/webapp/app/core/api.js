// The server's public API, called as the page's user: cookies carry the session, writes carry the CSRF header.
export const root = new URL('.', document.baseURI);
export const base = new URL('api/v1/', root);

/** What the server refused, as a problem (RFC 9457), or why it could not be reached (status 0). */
export class Problem extends Error {
    constructor(status, body) {
        super(body?.detail ?? body?.message ?? `HTTP ${status}`);
        this.status = status;
        this.code = body?.code ?? 'unreachable';
        this.errors = body?.errors ?? [];
        this.requestId = body?.instance ?? null;
    }
}

/** Milliseconds until an answer is given up: a write may be large, and is done all the same. */
const patience = method => method === 'GET' ? 30000 : 120000;

let csrf = null;
let quietUntil = 0;
let onEnded = () => {};
let onUser = () => {};

/** Whether the server said that it is asked too much: what nobody pressed waits meanwhile. */
export const mayAsk = () => Date.now() >= quietUntil;

/** The page's session is known by its CSRF token. */
export const setCsrf = token => { csrf = token; };
/** Told once a session cannot be renewed. */
export const whenSessionEnds = listener => { onEnded = listener; };

/** Told whose session a renewed one is. */
export const whenUserIsKnown = listener => { onUser = listener; };

/** The address of an API path below the base, with the query's members that are neither null nor empty. */
export function address(path, query = {}) {
    const url = new URL(path.replace(/^\//, ''), base);
    for (const [name, value] of Object.entries(query)) {
        if (value !== null && value !== undefined && value !== '') {
            url.searchParams.set(name, value);
        }
    }
    return url;
}

async function send(method, url, body, headers, signal) {
    const init = {method, headers: {Accept: 'application/json', ...headers}, credentials: 'same-origin', signal: signal ?? AbortSignal.timeout(patience(method))};
    if (body !== undefined) {
        init.headers['Content-Type'] ??= method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
        init.body = JSON.stringify(body);
    }
    if (csrf && method !== 'GET') {
        init.headers['X-CSRF-Token'] = csrf;
    }
    return reached(fetch(url, init));
}

/** What a lost connection breaks off, or a server that is silent for too long, is a problem, too. */
const reached = work => work.catch(e => { throw e.name === 'AbortError' ? e : new Problem(0, null); });

/** What an answer says; null where that is no JSON. */
async function json(answer) {
    const text = await reached(answer.text());
    try {
        return text ? JSON.parse(text) : null;
    } catch {
        return null;
    }
}

let renewing = null;

const alone = async work => navigator.locks ? navigator.locks.request('ww-refresh', work) : (await import('./lease.js')).leased('ww-refresh', work);

/** Renews the session: once for all who wait for it, and one tab at a time, because a refresh token is good once. */
export function renew() {
    renewing ??= alone(renewed).finally(() => { renewing = null; });
    return renewing;
}

async function renewed() {
    // Another tab may have done it while this one waited.
    const me = await send('GET', address('me'), undefined, {}, AbortSignal.timeout(15000));
    const answer = me.status === 401 ? await send('POST', address('auth/refresh'), undefined, {}, AbortSignal.timeout(15000)) : me;
    if (answer.ok) {
        const {user, csrfToken} = await json(answer);
        csrf = csrfToken;
        onUser(user.id);
    } else if (answer.status !== 401) {
        throw new Problem(answer.status, await json(answer));
    }
    return answer.ok;
}

/**
 * Calls the API and gives the answer's JSON (null for none). Throws a Problem for every answer that is no success.
 * `query`, `headers` and `signal` are optional.
 */
export async function call(method, path, {body, query, headers, signal} = {}) {
    const url = address(path, query);
    const used = csrf;
    let answer = await send(method, url, body, headers, signal);
    if (answer.status === 401 && !path.startsWith('auth/')) {
        if (await renew()) {
            answer = await send(method, url, body, headers, signal);
        } else {
            onEnded();
        }
    } else if (answer.status === 403 && used && method !== 'GET' && await renew().catch(() => false) && csrf !== used) {
        // Another tab has begun a new session, as with a new password.
        answer = await send(method, url, body, headers, signal);
    }
    const said = await json(answer);
    if (!answer.ok) {
        if (answer.status === 429) {
            quietUntil = Date.now() + Number(answer.headers.get('Retry-After')) * 1000;
        }
        throw new Problem(answer.status, said);
    }
    if (said && answer.headers.has('ETag')) {
        tags.set(said, answer.headers.get('ETag'));
    }
    return said;
}

const tags = new WeakMap();
/** The ETag that an answer came with, for `If-Match`: a change is refused when somebody else made one in between. */
export const tagOf = json => tags.get(json);
const ifMatch = tag => tag ? {'If-Match': tag} : {};

export const get = (path, query, signal) => call('GET', path, {query, signal});
export const post = (path, body, headers) => call('POST', path, {body, headers});
export const put = (path, body) => call('PUT', path, {body});
export const patch = (path, body, tag) => call('PATCH', path, {body, headers: ifMatch(tag)});
export const remove = (path, tag) => call('DELETE', path, {headers: ifMatch(tag)});

/** The same call as a line for a shell, with a placeholder for the key. */
export function curl(method, path, {body, query} = {}) {
    const quote = text => `'${String(text).replaceAll("'", `'\\''`)}'`;
    const parts = ['curl -s', method === 'GET' ? '' : `-X ${method}`, quote(address(path, query)), '-H "X-API-Key: $KEY"'];
    if (body !== undefined) {
        parts.push(`-H 'Content-Type: application/json' -d ${quote(JSON.stringify(body))}`);
    }
    return parts.filter(Boolean).join(' ');
}
