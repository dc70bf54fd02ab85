package org.wallwhale.steam;

import org.wallwhale.database.TestDatabase;

class RotationOnH2Test extends RotationContract {
    @Override
    TestDatabase open() {
        return TestDatabase.h2();
    }
}
