package org.wallwhale.steam;

import org.wallwhale.database.TestDatabase;

class SeatsOnPostgreSqlTest extends SeatsContract {
    @Override
    TestDatabase open() {
        return TestDatabase.postgreSql();
    }
}
