package org.wallwhale.access;

import org.wallwhale.database.TestDatabase;

class SessionsOnPostgreSqlTest extends SessionContract {
    @Override
    TestDatabase open() {
        return TestDatabase.postgreSql();
    }
}
