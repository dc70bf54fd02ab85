package org.wallwhale.server;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Duration;
import org.wallwhale.certificate.ServerCertificate;
import org.wallwhale.metrics.Loop;
import org.wallwhale.metrics.Loops;

/**
 * Shows a certificate that was put in place of another, and renews the one that came by ACME. Apart from the other housekeeping,
 * because an authority may take minutes, for which what was put in place is not to wait. Never throws, because a server may give up a timer that does.
 */
@Singleton
@Startup
@DependsOn("ServerStart")
@TransactionManagement(TransactionManagementType.BEAN)
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
public class CertificateHousekeeping {
    @Inject
    private ServerCertificate certificate;
    @Inject
    private Loops loops;
    private Loop reload;
    private Loop renew;

    @PostConstruct
    void prepare() {
        reload = loops.every(Duration.ofSeconds(10), "look whether its certificate was replaced", certificate::reload);
        renew = loops.every(Duration.ofMinutes(1), "look whether its certificate is to be renewed", certificate::renew);
        reload.run();
    }

    @Schedule(hour = "*", minute = "*", second = "*/10", persistent = false)
    void reload() {
        reload.run();
    }

    @Schedule(hour = "*", minute = "*", second = "45", persistent = false)
    void renew() {
        renew.run();
        reload.run();
    }
}
