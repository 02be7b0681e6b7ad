using IotMqtt.Broker.Hosting;

return await BrokerProgram.RunAsync(args, Console.Out, Console.Error, CancellationToken.None);
