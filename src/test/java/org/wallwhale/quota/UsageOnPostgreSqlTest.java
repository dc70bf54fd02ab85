package org.wallwhale.quota;

import org.wallwhale.database.TestDatabase;

class UsageOnPostgreSqlTest extends UsageContract {
    @Override
    TestDatabase open() {
        return TestDatabase.postgreSql();
    }
}
