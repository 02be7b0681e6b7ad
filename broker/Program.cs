using System.Runtime.InteropServices;
using IotMqtt.Broker;

var configuration = new ConfigurationBuilder().AddEnvironmentVariables("IOTMQTT_BROKER_").AddCommandLine(args).Build();
var options = configuration.Get<BrokerOptions>() ?? new BrokerOptions();
using var loggers = LoggerFactory.Create(logging => logging.AddSimpleConsole(console => console.SingleLine = true));
var stop = new TaskCompletionSource();
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => (signal.Cancel, _) = (true, stop.TrySetResult()));
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => (signal.Cancel, _) = (true, stop.TrySetResult()));
await using var broker = await MqttBroker.StartAsync(options, loggers);
await stop.Task;
return 0;
