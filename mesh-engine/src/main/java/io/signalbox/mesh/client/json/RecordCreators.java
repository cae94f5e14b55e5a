package io.signalbox.mesh.client.json;

import java.lang.reflect.Constructor;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.deser.std.StdValueInstantiator;
import tools.jackson.databind.module.SimpleValueInstantiators;

/**
 * Makes records by reflection. The library's own way adapts a method handle anew for each of them, which takes longer, and
 * more memory, than all else that is done for a small record.
 */
final class RecordCreators extends SimpleValueInstantiators {

    private static final long serialVersionUID = 1L;

    @Override
    public ValueInstantiator modifyValueInstantiator(
            DeserializationConfig config, BeanDescription.Supplier described, ValueInstantiator usual) {
        return described.getBeanClass().isRecord()
                        && usual instanceof StdValueInstantiator standard
                        && standard.getWithArgsCreator() != null
                        && standard.getWithArgsCreator().getAnnotated() instanceof Constructor<?> constructor
                ? new Reflecting(standard, constructor)
                : usual;
    }

    private static final class Reflecting extends StdValueInstantiator {

        private final Constructor<?> constructor;

        Reflecting(StdValueInstantiator usual, Constructor<?> constructor) {
            super(usual);
            this.constructor = constructor;
        }

        @Override
        public Object createFromObjectWith(DeserializationContext context, Object[] parts) {
            try {
                return constructor.newInstance(parts);
            } catch (ReflectiveOperationException | IllegalArgumentException e) {
                return context.handleInstantiationProblem(getValueClass(), parts, rewrapCtorProblem(context, e));
            }
        }
    }
}
