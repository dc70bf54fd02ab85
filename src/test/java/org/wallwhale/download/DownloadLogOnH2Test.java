package org.wallwhale.download;

import org.wallwhale.database.TestDatabase;

class DownloadLogOnH2Test extends DownloadLogContract {
    @Override
    TestDatabase open() {
        return TestDatabase.h2();
    }
}
