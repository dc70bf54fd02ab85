package org.wallwhale.download;

import org.wallwhale.database.TestDatabase;

class DownloadRepositoryOnPostgreSqlTest extends DownloadRepositoryContract {
    @Override
    TestDatabase open() {
        return TestDatabase.postgreSql();
    }
}
