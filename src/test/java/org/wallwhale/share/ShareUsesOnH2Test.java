package org.wallwhale.share;

import org.wallwhale.database.TestDatabase;

class ShareUsesOnH2Test extends ShareUsesContract {
    @Override
    TestDatabase open() {
        return TestDatabase.h2();
    }
}
