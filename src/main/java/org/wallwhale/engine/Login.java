package org.wallwhale.engine;

import org.wallwhale.secret.Secret;

/** A Steam login. The name is visible in the child's arguments, the password goes to its standard input and nowhere else. */
public record Login(String username, Secret password) {
}
