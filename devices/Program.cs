using IotMqtt.Devices.Hosting;

return await DevicesProgram.RunAsync(args, Console.Out, Console.Error, CancellationToken.None);
