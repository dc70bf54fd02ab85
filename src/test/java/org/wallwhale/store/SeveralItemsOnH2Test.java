package org.wallwhale.store;

import org.wallwhale.database.TestDatabase;

class SeveralItemsOnH2Test extends SeveralItemsContract {
    @Override
    TestDatabase open() {
        return TestDatabase.h2();
    }
}
