package org.wallwhale.download;

import org.wallwhale.database.TestDatabase;

class SeatingOnH2Test extends SeatingContract {
    @Override
    TestDatabase open() {
        return TestDatabase.h2();
    }
}
