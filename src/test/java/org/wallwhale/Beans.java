package org.wallwhale;

import static net.bytebuddy.matcher.ElementMatchers.isAnnotatedWith;

import jakarta.annotation.PostConstruct;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.UndeclaredThrowableException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.modifier.Visibility;
import net.bytebuddy.dynamic.loading.ClassLoadingStrategy;
import net.bytebuddy.implementation.MethodDelegation;
import net.bytebuddy.implementation.bind.annotation.Origin;
import net.bytebuddy.implementation.bind.annotation.RuntimeType;
import net.bytebuddy.implementation.bind.annotation.SuperCall;
import org.wallwhale.config.Settings;
import org.wallwhale.database.TestDatabase;

/**
 * The beans of a server without a server: one of each kind, made by what is annotated {@link Inject}. A {@link Transactional}
 * method runs in its caller's transaction or in one of its own, which every exception rolls back; outside of any nothing can be
 * done but read, anew each time. Events reach nobody.
 */
public final class Beans implements AutoCloseable {
    private static final Set<String> READING = Set.of("find", "createQuery", "createNativeQuery");
    private static final String BOUNDARY = "boundary";
    /** To make a class takes longer than most tests. */
    private static final Map<Class<?>, Class<?>> TRANSACTIONAL = new ConcurrentHashMap<>();
    private final TestDatabase database;
    private final Map<Class<?>, Object> made = new HashMap<>();
    private final ThreadLocal<EntityManager> transaction = new ThreadLocal<>();

    /** Settings have the product's defaults where {@code changes} says nothing. The database is closed with the beans. */
    public Beans(TestDatabase database, Map<String, String> changes) {
        this.database = database;
        Properties defaults = defaults();
        made.put(Settings.class, new Settings(key ->
                Optional.ofNullable(changes.get(key)).or(() -> Optional.ofNullable(defaults.getProperty(key)))));
        made.put(EntityManager.class, Proxy.newProxyInstance(Beans.class.getClassLoader(), new Class<?>[] {EntityManager.class},
                (proxy, method, arguments) -> call(method, arguments)));
        made.put(Event.class, Proxy.newProxyInstance(Beans.class.getClassLoader(), new Class<?>[] {Event.class},
                (proxy, method, arguments) -> null));
    }

    public <T> T get(Class<T> type) {
        if (!made.containsKey(type)) {
            made.put(type, make(type));
        }
        return type.cast(made.get(type));
    }

    /** Has {@code bean} used where a bean of this type is asked for from now on. */
    public <T> void put(Class<T> type, T bean) {
        made.put(type, bean);
    }

    /** An ordinary user who may own downloads. */
    public UUID addUser() {
        return database.addUser();
    }

    /** Runs {@code deed} in one transaction, which all {@link Transactional} methods below it join. */
    public <T> T transaction(Callable<T> deed) throws Exception {
        try {
            return database.transaction(entities -> joined(entities, deed));
        } catch (UndeclaredThrowableException checked) {
            throw (Exception) checked.getCause();
        }
    }

    @Override
    public void close() {
        database.close();
    }

    private <T> T joined(EntityManager entities, Callable<T> deed) {
        transaction.set(entities);
        try {
            return deed.call();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new UndeclaredThrowableException(e);
        } finally {
            transaction.remove();
        }
    }

    private Object call(Method method, Object[] arguments) throws Throwable {
        if (transaction.get() == null && !READING.contains(method.getName())) {
            throw new IllegalStateException("No transaction");
        }
        try {
            return method.invoke(Optional.ofNullable(transaction.get()).orElseGet(database::reader), arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private Object make(Class<?> type) {
        try {
            Constructor<?> model = Arrays.stream(type.getDeclaredConstructors())
                    .filter(constructor -> constructor.isAnnotationPresent(Inject.class)).findFirst()
                    .orElseGet(() -> withoutParameters(type));
            Class<?> wrapped = TRANSACTIONAL.computeIfAbsent(type, Beans::transactional);
            Constructor<?> constructor = wrapped.getDeclaredConstructor(model.getParameterTypes());
            constructor.setAccessible(true);
            Object bean = constructor.newInstance(Arrays.stream(model.getParameterTypes()).map(this::get).toArray());
            if (wrapped != type) {
                wrapped.getField(BOUNDARY).set(bean, new Boundary(this));
            }
            for (Field field : type.getDeclaredFields()) {
                if (field.isAnnotationPresent(Inject.class)) {
                    field.setAccessible(true);
                    field.set(bean, get(field.getType()));
                }
            }
            for (Method method : type.getDeclaredMethods()) {
                if (method.isAnnotationPresent(PostConstruct.class)) {
                    method.setAccessible(true);
                    method.invoke(bean);
                }
            }
            return bean;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("No bean can be made of " + type, e);
        }
    }

    private static Class<?> transactional(Class<?> type) {
        if (Arrays.stream(type.getDeclaredMethods()).noneMatch(method -> method.isAnnotationPresent(Transactional.class))) {
            return type;
        }
        try {
            return new ByteBuddy().subclass(type).modifiers(Visibility.PUBLIC).defineField(BOUNDARY, Boundary.class, Visibility.PUBLIC)
                    .method(isAnnotatedWith(Transactional.class)).intercept(MethodDelegation.toField(BOUNDARY)).make()
                    .load(type.getClassLoader(), ClassLoadingStrategy.UsingLookup.of(
                            MethodHandles.privateLookupIn(type, MethodHandles.lookup()))).getLoaded();
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("No class can be made below " + type, e);
        }
    }

    private static Constructor<?> withoutParameters(Class<?> type) {
        try {
            return type.getDeclaredConstructor();
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException("Nothing says how to make " + type, e);
        }
    }

    private static Properties defaults() {
        Properties defaults = new Properties();
        try (InputStream in = Beans.class.getResourceAsStream("/META-INF/microprofile-config.properties")) {
            defaults.load(in);
            return defaults;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What stands around every transactional method. */
    public static final class Boundary {
        private final Beans beans;

        private Boundary(Beans beans) {
            this.beans = beans;
        }

        @RuntimeType
        public Object run(@Origin Method method, @SuperCall Callable<Object> deed) throws Exception {
            if (beans.transaction.get() != null) {
                return deed.call();
            }
            if (method.getAnnotation(Transactional.class).value() == Transactional.TxType.MANDATORY) {
                throw new IllegalStateException(method + " needs its caller's transaction");
            }
            return beans.transaction(deed);
        }
    }
}
