package org.wallwhale.download;

import org.wallwhale.database.TestDatabase;

class OwnerOnH2Test extends OwnerContract {
    @Override
    TestDatabase open() {
        return TestDatabase.h2();
    }
}
