package org.wallwhale.download;

import org.wallwhale.database.TestDatabase;

class PagesOnH2Test extends PagesContract {
    @Override
    TestDatabase open() {
        return TestDatabase.h2();
    }
}
