package org.wallwhale.download;

import org.wallwhale.database.TestDatabase;

class DownloadRepositoryOnH2Test extends DownloadRepositoryContract {
    @Override
    TestDatabase open() {
        return TestDatabase.h2();
    }
}
