package org.wallwhale.certificate;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import org.glassfish.grizzly.Transport;
import org.glassfish.grizzly.filterchain.Filter;
import org.glassfish.grizzly.filterchain.FilterChain;
import org.glassfish.grizzly.ssl.SSLBaseFilter;
import org.glassfish.grizzly.ssl.SSLEngineConfigurator;

/** Has the TLS listener of Payara show another certificate without being closed: Payara 6.2025.10 reads its key store at its start only. */
final class PayaraTls {
    private static final Logger LOG = System.getLogger(PayaraTls.class.getName());

    private PayaraTls() {
    }

    /** To all connections that come from now on; false where there is no such listener, or where it does not let us. */
    static boolean show(SSLContext context) {
        try {
            Class<?> type = Class.forName("com.sun.enterprise.v3.services.impl.GrizzlyService");
            Object service = Class.forName("org.glassfish.internal.api.Globals").getMethod("get", Class.class).invoke(null, type);
            Field proxies = type.getDeclaredField("proxies");
            proxies.setAccessible(true);
            boolean shown = false;
            for (Object proxy : (Collection<?>) proxies.get(service)) {
                Object listener = proxy.getClass().getMethod("getUnderlyingListener").invoke(proxy);
                Object transport = listener.getClass().getMethod("getTransport").invoke(listener);
                boolean isForClients = !"admin-listener".equals(listener.getClass().getMethod("getName").invoke(listener));
                if (isForClients && transport instanceof Transport found && found.getProcessor() instanceof FilterChain chain) {
                    shown |= show(chain, context);
                }
            }
            return shown;
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            LOG.log(Level.DEBUG, "This server does not take another certificate while it runs", e);
            return false;
        }
    }

    private static boolean show(FilterChain chain, SSLContext context) throws ReflectiveOperationException {
        boolean shown = false;
        for (Filter filter : chain) {
            if (filter instanceof SSLBaseFilter tls) {
                Field shownContext = SSLEngineConfigurator.class.getDeclaredField("sslContext");
                shownContext.setAccessible(true);
                shownContext.set(tls.getServerSSLEngineConfigurator(), context);
                shown = true;
            }
        }
        return shown;
    }
}
