package org.wallwhale.share;

import org.wallwhale.database.TestDatabase;

class SharesOnH2Test extends SharesContract {
    @Override
    TestDatabase open() {
        return TestDatabase.h2();
    }
}
