package org.wallwhale.download;

import org.wallwhale.database.TestDatabase;

class StorageOnH2Test extends StorageContract {
    @Override
    TestDatabase open() {
        return TestDatabase.h2();
    }
}
