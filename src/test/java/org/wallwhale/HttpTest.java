package org.wallwhale;

import java.io.File;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.ExtendWith;

/** A test of the packaged WAR from outside, by HTTP. All such classes share one server, see {@link ServerUnderTest}. */
@ExtendWith(ArquillianExtension.class)
@RunAsClient
public abstract class HttpTest {
    @Deployment(testable = false)
    public static WebArchive packagedWar() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File(System.getProperty("war.under.test")));
    }
}
