package io.signalbox.shop.fault;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.signalbox.shop.line.LineReply;
import io.signalbox.shop.line.LineService;
import io.signalbox.shop.web.Application;
import io.signalbox.shop.web.Chance;
import io.signalbox.shop.web.Pause;
import java.time.Duration;

/**
 * Stands before an application and lets the faults that are on take effect; the application knows nothing of it.
 *
 * <p>{@link PlantedFault#LOST_CARTS} is not its business: that fault takes the carts' session cache away.
 */
public final class Saboteur {

    static final String GRAY_INSTANCE = "pricing-2";
    static final double GRAY_SLOW = 1.0 / 20;
    static final double STOCK_RESETS = 1.0 / 20;

    private static final Duration GRAY_DELAY = Duration.ofMillis(400);

    private final FaultBoard faults;
    private final Pause pause;
    private final WebFaults web;

    public Saboteur(FaultBoard faults, Pause pause) {
        this.faults = faults;
        this.pause = pause;
        web = new WebFaults(faults, pause);
    }

    /** The application as its callers find it, with the faults that concern this instance. */
    public Application around(String service, String version, Application application, Chance chance) {
        return switch (service) {
            case "catalog" ->
                web.shelfOutage(version.equals("v2") ? web.badCanary(application, chance) : application, chance);
            case "payment" -> web.paymentBurst(web.doubleCharge(application, chance));
            case "bank" -> web.bankTooBusy(application);
            case "ratings" -> web.slowRatings(application, chance);
            case "mailer" -> web.mailerLeak(application, chance);
            case "reviews" ->
                web.reviewsDown(version.equals("v3") ? web.reviewsDiff(application, chance) : application);
            default -> application;
        };
    }

    /** The gRPC service as its callers find it. */
    public ServerServiceDefinition around(String instance, ServerServiceDefinition service, Chance chance) {
        return instance.equals(GRAY_INSTANCE) ? ServerInterceptors.intercept(service, grayInstance(chance)) : service;
    }

    /** The line service as its callers find it. */
    public LineService around(String service, LineService lines, Chance chance) {
        return service.equals("stock") ? stockResets(lines, chance) : lines;
    }

    private ServerInterceptor grayInstance(Chance chance) {
        return new ServerInterceptor() {
            @Override
            public <A, B> ServerCall.Listener<A> interceptCall(
                    ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
                if (faults.isOn(PlantedFault.GRAY_INSTANCE) && chance.hits(GRAY_SLOW)) {
                    pause.last(GRAY_DELAY);
                }
                return next.startCall(call, headers);
            }
        };
    }

    /** The work is done before its answer is cut: that is what makes the loss hard to mend. */
    private LineService stockResets(LineService lines, Chance chance) {
        return line -> {
            LineReply reply = lines.answer(line);
            return reply instanceof LineReply.Line(String text)
                            && faults.isOn(PlantedFault.STOCK_RESETS)
                            && chance.hits(STOCK_RESETS)
                    ? new LineReply.Cut(text.substring(0, text.length() / 2))
                    : reply;
        };
    }
}
