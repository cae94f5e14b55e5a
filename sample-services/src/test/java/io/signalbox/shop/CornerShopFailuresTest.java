package io.signalbox.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.signalbox.mesh.model.Switch;
import io.signalbox.mesh.runtime.Mesh;
import io.signalbox.mesh.time.Ticker;
import io.signalbox.shop.fault.FaultBoard;
import io.signalbox.shop.fault.Saboteur;
import io.signalbox.shop.load.LoadProfile;
import io.signalbox.shop.web.AppHost;
import io.signalbox.shop.web.MeshClient;
import io.signalbox.shop.web.Pause;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The shop where what it asks of others fails. */
class CornerShopFailuresTest {

    private final DirectMesh mesh = new DirectMesh();

    @AfterEach
    void close() {
        mesh.close();
    }

    @Test
    void aShopThatCannotBeAttachedIsClosed() {
        Mesh refusing = changed(Mesh.class, (method, arguments) -> {
            if (method.getName().equals("attach")) {
                throw new IllegalStateException("attach: no answer");
            }
            return call(mesh, method, arguments);
        });

        assertThatIllegalStateException().isThrownBy(() -> open(refusing)).withMessage("attach: no answer");

        assertThat(mesh.left).hasSize(23);
    }

    @Test
    void anInstanceThatWasNotToldOfAFaultIsToldWhenItIsSwitchedAgain() {
        List<String> told = new CopyOnWriteArrayList<>();
        try (AppHost host = new AppHost();
                MeshClient client = new MeshClient(host.threads())) {
            LocalCrew crew = new LocalCrew(
                    mesh,
                    host,
                    client,
                    new Saboteur(new FaultBoard(InstantSource.system()), Pause.system()),
                    7,
                    Pause.system());
            Crew forgetful = changed(Crew.class, (method, arguments) -> {
                if (method.getName().equals("faultSwitched")) {
                    told.add(String.valueOf(arguments[1]));
                    if (told.size() == 1) {
                        throw new IllegalStateException("reviews-1: no answer");
                    }
                }
                return call(crew, method, arguments);
            });
            ShopMesh own = changed(
                    ShopMesh.class,
                    (method, arguments) -> method.getName().equals("crew") ? forgetful : call(mesh, method, arguments));
            try (CornerShop shop = open(own)) {
                assertThatIllegalStateException().isThrownBy(() -> shop.switchFault("reviews-down", Switch.ON));

                shop.switchFault("reviews-down", Switch.ON);
                shop.switchFault("reviews-down", Switch.ON);
            }
        }
        assertThat(told).containsExactly("ON", "ON");
    }

    private static CornerShop open(Mesh in) {
        return CornerShop.open(
                in, new CornerShopOptions(7, 0, LoadProfile.CALM), Ticker.system(), InstantSource.system());
    }

    private static <T> T changed(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer.to(method, arguments == null ? new Object[0] : arguments)));
    }

    private static @Nullable Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    private interface Answer {
        @Nullable
        Object to(Method method, Object[] arguments) throws Throwable;
    }
}
