package org.wallwhale.steam;

import org.wallwhale.database.TestDatabase;

class AccountsOnPostgreSqlTest extends AccountsContract {
    @Override
    TestDatabase open() {
        return TestDatabase.postgreSql();
    }
}
