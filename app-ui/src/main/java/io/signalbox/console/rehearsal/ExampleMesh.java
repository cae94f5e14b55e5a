package io.signalbox.console.rehearsal;

import io.signalbox.mesh.client.MeshConnection;
import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.model.status.MeshSnapshot;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * A mesh out of a file, a little of everything, that nobody is ever shown: it answers each question with what
 * {@code example.json} holds under the question's name, and nothing changes it.
 */
final class ExampleMesh {

    private static final String FILE = "example.json";

    private final Map<String, Object> answers;

    private ExampleMesh(Map<String, Object> answers) {
        this.answers = answers;
    }

    static MeshConnection open() {
        return new ExampleMesh(Json.read(text(), new TypeReference<>() {})).part(MeshConnection.class, "");
    }

    private <T> T part(Class<T> type, String prefix) {
        InvocationHandler answering = (proxy, method, arguments) -> answer(proxy, method, arguments, prefix);
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answering));
    }

    private @Nullable Object answer(Object proxy, Method method, @Nullable Object @Nullable [] arguments, String prefix)
            throws Throwable {
        Class<?> type = method.getReturnType();
        String question = prefix + method.getName();
        if (type == MeshConnection.Subscription.class) {
            if (arguments != null && arguments[0] instanceof MeshConnection.SnapshotListener listener) {
                listener.snapshot(read("snapshot", MeshSnapshot.class));
            }
            return (MeshConnection.Subscription) () -> {};
        }
        if (answers.containsKey(question)) {
            return read(question, method.getGenericReturnType());
        }
        if (type.isInterface() && type.getPackage().equals(MeshConnection.class.getPackage())) {
            return part(type, question + ".");
        }
        if (method.isDefault()) {
            return InvocationHandler.invokeDefault(proxy, method, arguments);
        }
        if (type == void.class) {
            return null;
        }
        throw new MeshException(MeshException.Kind.NOT_FOUND, question + ": no answer (expected: one in " + FILE + ")");
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // the caller's type says it again
    private <T> T read(String question, Type type) {
        return Json.read(Json.text(Objects.requireNonNull(answers.get(question))), new TypeReference<T>() {
            @Override
            public Type getType() {
                return type;
            }
        });
    }

    private static String text() {
        try (InputStream file = Objects.requireNonNull(ExampleMesh.class.getResourceAsStream(FILE))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
