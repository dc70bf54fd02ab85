package org.wallwhale.download;

import org.wallwhale.database.TestDatabase;

class SeatingOnPostgreSqlTest extends SeatingContract {
    @Override
    TestDatabase open() {
        return TestDatabase.postgreSql();
    }
}
