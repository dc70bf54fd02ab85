package org.wallwhale.quota;

import org.wallwhale.database.TestDatabase;

class QuotaOnPostgreSqlTest extends QuotaContract {
    @Override
    TestDatabase open() {
        return TestDatabase.postgreSql();
    }
}
