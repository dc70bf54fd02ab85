package org.wallwhale.access;

import org.wallwhale.database.TestDatabase;

class UsersOnPostgreSqlTest extends UsersContract {
    @Override
    TestDatabase open() {
        return TestDatabase.postgreSql();
    }
}
