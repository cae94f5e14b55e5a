package io.signalbox.mesh.proxy.transport.jetty;

import io.signalbox.mesh.proxy.transport.MessageHeaders;
import java.util.List;
import java.util.function.BiConsumer;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.jspecify.annotations.Nullable;

/** Jetty's header fields seen as the proxy's. */
final class JettyHeaders implements MessageHeaders {

    private final HttpFields.Mutable fields;

    private JettyHeaders(HttpFields.Mutable fields) {
        this.fields = fields;
    }

    static JettyHeaders copyOf(HttpFields fields) {
        return new JettyHeaders(HttpFields.build(fields));
    }

    /** The fields of any message headers, whoever made them. */
    static HttpFields fieldsOf(MessageHeaders headers) {
        if (headers instanceof JettyHeaders own) {
            return own.fields;
        }
        HttpFields.Mutable fields = HttpFields.build();
        headers.forEach(fields::add);
        return fields;
    }

    @Override
    public @Nullable String first(String name) {
        return fields.get(name);
    }

    @Override
    public List<String> all(String name) {
        return fields.getValuesList(name);
    }

    @Override
    public void set(String name, String value) {
        fields.put(name, value);
    }

    @Override
    public void remove(String name) {
        fields.remove(name);
    }

    @Override
    public void add(String name, String value) {
        fields.add(name, value);
    }

    @Override
    public void forEach(BiConsumer<String, String> consumer) {
        for (HttpField field : fields) {
            String value = field.getValue();
            consumer.accept(field.getName(), value == null ? "" : value);
        }
    }

    @Override
    public MessageHeaders copy() {
        return copyOf(fields);
    }

    @Override
    public String toString() {
        return fields.toString();
    }
}
