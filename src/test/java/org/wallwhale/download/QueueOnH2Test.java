package org.wallwhale.download;

import org.wallwhale.database.TestDatabase;

class QueueOnH2Test extends QueueContract {
    @Override
    TestDatabase open() {
        return TestDatabase.h2();
    }
}
