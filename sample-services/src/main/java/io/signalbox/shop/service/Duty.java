package io.signalbox.shop.service;

import io.grpc.ServerServiceDefinition;
import io.signalbox.shop.line.LineService;
import io.signalbox.shop.web.Chance;
import io.signalbox.shop.web.Pace;
import io.signalbox.shop.web.Site;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What an instance serves, by the protocol it speaks. Those that speak no HTTP call nobody. */
public sealed interface Duty {

    /** HTTP/1.1, with {@code GET /health}. */
    record Web(BiFunction<Workplace, Chance, Site> site) implements Duty {

        public Site at(Workplace place, Chance chance) {
            return site.apply(place, chance);
        }
    }

    /** gRPC over HTTP/2 in plain text. */
    record Rpc(Function<Pace, ServerServiceDefinition> service) implements Duty {

        public ServerServiceDefinition at(Pace pace) {
            return service.apply(pace);
        }
    }

    /** Lines over TCP. */
    record Lines(Function<Pace, LineService> service) implements Duty {

        public LineService at(Pace pace) {
            return service.apply(pace);
        }
    }
}
