package org.wallwhale.download;

import org.wallwhale.database.TestDatabase;

class PagesOnPostgreSqlTest extends PagesContract {
    @Override
    TestDatabase open() {
        return TestDatabase.postgreSql();
    }
}
