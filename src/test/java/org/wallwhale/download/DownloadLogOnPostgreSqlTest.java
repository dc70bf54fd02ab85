package org.wallwhale.download;

import org.wallwhale.database.TestDatabase;

class DownloadLogOnPostgreSqlTest extends DownloadLogContract {
    @Override
    TestDatabase open() {
        return TestDatabase.postgreSql();
    }
}
