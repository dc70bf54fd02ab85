package org.wallwhale.steam;

import org.wallwhale.database.TestDatabase;

class SeatsOnH2Test extends SeatsContract {
    @Override
    TestDatabase open() {
        return TestDatabase.h2();
    }
}
